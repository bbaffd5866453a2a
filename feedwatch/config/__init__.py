"""config.yaml -> Config, or one ConfigError that lists every fault with file:line and what to do."""

from feedwatch.config.load import ENVIRONMENT, load_config
from feedwatch.config.schema import Key, config_keys, config_schema
from feedwatch.config.sections import (
    Config,
    FetchConfig,
    ScheduleConfig,
    ScheduleOverride,
    Selectors,
    SiteConfig,
    SourceConfig,
)
from feedwatch.config.values import Bucket, read_duration, write_duration

__all__ = [
    "ENVIRONMENT",
    "Bucket",
    "Config",
    "FetchConfig",
    "Key",
    "ScheduleConfig",
    "ScheduleOverride",
    "Selectors",
    "SiteConfig",
    "SourceConfig",
    "config_keys",
    "config_schema",
    "load_config",
    "read_duration",
    "write_duration",
]
