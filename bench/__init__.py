"""What feedwatch is measured with; the commands stand in docs/benchmarks.md."""
