"""The same work on many things, on every processor.

Each worker is a fork: it has the parent's data without copying it, and sends back results only.
Where a system cannot fork, or there is too little to do, the work is done here and now.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH_A_WORKER = 8
"""Things each worker must have to do: starting one costs as much as a few portals."""


def map_parallel(
    work: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with its result, in the order in which they are done.

    An exception in a worker is raised here.
    """
    workers = min(_processors(), len(items) // _WORTH_A_WORKER)
    if workers <= 1 or not sys.platform.startswith("linux"):
        yield from ((item, work(item)) for item in items)
        return
    yield from _fork_map(work, items, workers)


def _fork_map(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Iterator[tuple[Item, Result]]:
    context = multiprocessing.get_context("fork")
    processes = []
    receivers: list[Connection] = []
    for number in range(workers):
        receiver, sender = context.Pipe(duplex=False)
        share = range(number, len(items), workers)
        process = context.Process(target=_run, args=(work, items, share, sender), daemon=True)
        process.start()
        sender.close()
        processes.append(process)
        receivers.append(receiver)
    try:
        yield from _received(items, receivers)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _received(items: Sequence[Item], receivers: list[Connection]) -> Iterator[tuple[Item, Result]]:
    open_receivers = list(receivers)
    awaited = len(items)
    while open_receivers:
        for receiver in wait(open_receivers):
            pipe = cast("Connection", receiver)
            try:
                index, result, error = pipe.recv()
            except EOFError:
                open_receivers.remove(pipe)
                continue
            if error is not None:
                raise error
            awaited -= 1
            yield items[index], result
    if awaited:
        raise ChildProcessError(f"a worker stopped with {awaited} things left to do")


def _run(
    work: Callable[[Item], Result], items: Sequence[Item], share: Sequence[int], sender: Connection
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # that is how, whatever it means to the parent
    for index in share:
        try:
            sender.send((index, work(items[index]), None))
        except Exception as error:  # whatever it is, it belongs to the parent
            sender.send((index, None, error))
    sender.close()


def _processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
