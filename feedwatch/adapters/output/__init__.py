"""The published site: a folder, or an S3-compatible bucket."""

from feedwatch.adapters.output.bucket import BucketOutput
from feedwatch.adapters.output.folder import FolderOutput

__all__ = ["BucketOutput", "FolderOutput"]
