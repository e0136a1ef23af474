"""What can go wrong on the wire."""

from __future__ import annotations


class ProtocolError(Exception):
    """The other side sent something that the protocol does not allow."""


class ChannelClosed(ProtocolError):
    """The other side has gone: its process ended or closed its socket."""
