"""Every error that feedwatch raises. What is expected (a failed fetch, a page without an article) is a value instead.

FeedwatchError                 exit code 1   its text is for the person running feedwatch: what, where, what to do
├── ConfigError                exit code 2   every fault of a config file at once, one a line
├── UsageError                 exit code 2   the command's words cannot be carried out
├── StoreError                 exit code 3
│   ├── StoreTooNew                          the database was written by a later version
│   └── StoreBusy                            another feedwatch is at work on this store
├── OutputError                exit code 4   the site cannot be written
├── ComputeError                             a worker did not deliver; the one article or feed is at fault
│   ├── ComputeTimeout
│   └── ComputeCrash                         killed, out of memory, or the library's own exception
├── WorkersDown                              no worker process can be started; no article is at fault
├── LineFault                            one line of an import cannot be taken; the others can
└── FetchRefused                             no body could be had, for callers that want bytes or an error
"""

from __future__ import annotations


class FeedwatchError(Exception):
    exit_code = 1


class ConfigError(FeedwatchError):
    exit_code = 2


class UsageError(FeedwatchError):
    exit_code = 2


class StoreError(FeedwatchError):
    exit_code = 3


class StoreTooNew(StoreError):
    pass


class StoreBusy(StoreError):
    pass


class OutputError(FeedwatchError):
    exit_code = 4


class ComputeError(FeedwatchError):
    pass


class ComputeTimeout(ComputeError):
    pass


class ComputeCrash(ComputeError):
    pass


class WorkersDown(FeedwatchError):
    pass


class LineFault(FeedwatchError):
    pass


class FetchRefused(FeedwatchError):
    pass
