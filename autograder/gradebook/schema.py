"""The gradebook's two tables, and how its file is opened."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Column,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

# In the file's header: says that this SQLite file is a gradebook, and of which form.
APPLICATION = 0x444C5342
VERSION = 1
#: Seconds to wait for another program that has the gradebook.
_PATIENCE = 30

metadata = MetaData()

# A grade of some bytes; never changed and never deleted, so that the table is the history.
grades = Table(
    "grades",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("stage_version", String, nullable=False),
    Column("status", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("possible", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("questions", Text, nullable=False),
    Column("graded_at", String, nullable=False),
    Index("by_student", "student", "stage", "sha256"),
)

# Where and when those bytes were seen: the same file may come again, later or elsewhere.
sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("path", String, nullable=False),
    Column("submitted_at", Float, nullable=False),
    Column("seen_at", String, nullable=False),
    UniqueConstraint("student", "stage", "sha256", "path", "submitted_at"),
)


class GradebookError(Exception):
    """The gradebook cannot be used; the message says why and what to do."""


def connect(path: Path, *, create: bool) -> Engine:
    """Return an engine for the gradebook at ``path``, made if it is not there.

    Raises
    ------
    GradebookError
        When the file cannot be written (with ``create``), is damaged, or is no gradebook.
    """
    _check_path(path, create)
    # Without a pool no connection is open while grading forks its workers: SQLite forbids
    # carrying one across a fork.
    engine = create_engine(_url(path, create), poolclass=NullPool)
    event.listen(engine, "connect", _set_up if create else _wait)
    try:
        with engine.begin() as connection:
            if create:
                # Of two runs that find no gradebook, one makes it, and the other waits for that.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            application = connection.execute(text("PRAGMA application_id")).scalar_one()
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
            if application == 0 and not tables and create:
                metadata.create_all(connection)
                connection.execute(text(f"PRAGMA application_id = {APPLICATION}"))
                connection.execute(text(f"PRAGMA user_version = {VERSION}"))
                return engine
            if create and application == APPLICATION:
                # Changes nothing, but may only be done where something could be changed: a
                # read-only file is found now, not with the first grade.
                connection.execute(text("UPDATE grades SET id = id WHERE 0"))
    except DatabaseError as error:
        raise explain(path, error) from None
    if application != APPLICATION:
        raise GradebookError(
            f"{path} is a database, but no gradebook. Give another file to --gradebook."
        )
    if version > VERSION:
        raise GradebookError(
            f"{path} was written by a newer autograder (form {version}; this one knows "
            f"{VERSION}). Update the autograder, or give another file to --gradebook."
        )
    return engine


def explain(path: Path, error: DatabaseError) -> GradebookError:
    """Return what a database's error means for the person at the keyboard."""
    found = str(error.orig)
    if "readonly" in found:
        return _read_only(path)
    if "malformed" in found or "not a database" in found:
        return GradebookError(
            f"{path} is no gradebook or is damaged ({found}). Restore a copy, or give another "
            "file to --gradebook."
        )
    if "locked" in found:
        return GradebookError(f"{path} is in use by another program. Close it and run again.")
    if "full" in found:
        return GradebookError(
            f"{path}: the disk is full. Make room and run the command again; what was graded "
            "before is kept."
        )
    if "I/O" in found:
        # A quota, a limit on the size of files and a disk without room for SQLite's own files
        # look like a failing disk.
        return GradebookError(
            f"{path} cannot be written ({found}): the disk or a quota is full, or the disk fails. "
            "Make room and run the command again; what was graded before is kept."
        )
    if "unable to open" in found:
        return GradebookError(
            f"{path} cannot be opened, or no file made beside it ({found}). Make the file and its "
            "folder writable and run the command again; what was graded before is kept."
        )
    return GradebookError(f"{path} cannot be used ({found}). Check its folder and permissions.")


def _check_path(path: Path, create: bool) -> None:
    if path.is_dir():
        raise GradebookError(f"{path} is a folder. Give --gradebook a file.")
    if not path.exists():
        if not create:
            raise GradebookError(
                f"{path} does not exist: nothing has been graded yet. Run: autograder grade, or "
                "give the right file to --gradebook."
            )
        if not path.parent.is_dir():
            raise GradebookError(
                f"{path.parent} does not exist. Make this folder, or give another file to "
                "--gradebook."
            )
    elif not os.access(path, os.W_OK if create else os.R_OK):
        if create:
            raise _read_only(path)
        raise GradebookError(f"{path} is not readable for you. Change its permissions.")


def _read_only(path: Path) -> GradebookError:
    """Name what is to be made writable: SQLite's own files have the gradebook's permissions."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    closed = [
        str(one)
        for one in (path, *beside, path.parent)
        if one.exists() and not os.access(one, os.W_OK)
    ]
    return GradebookError(
        f"{path} is read-only: no grade could be kept. Make {' and '.join(closed) or 'it'} "
        "writable and run the command again; what was graded before is kept."
    )


def _url(path: Path, create: bool) -> URL:
    log = path.with_name(path.name + "-wal")
    if create or os.access(path.parent, os.W_OK) or log.exists():
        return URL.create("sqlite", database=str(path))
    # SQLite wants to make a file beside the one it reads, unless it is told that nobody writes.
    name = f"file:{quote(str(path.resolve()))}"
    return URL.create("sqlite", database=name, query={"immutable": "1", "uri": "true"})


def _wait(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout = {1000 * _PATIENCE}")


def _set_up(connection: Any, record: Any) -> None:
    """Make each commit reach the disk before it returns."""
    _wait(connection, record)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # Two that set this in a new file at once: SQLite refuses one without waiting.
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous = FULL")
