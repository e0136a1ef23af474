"""The data-only protocol that the trusted side and the sandboxed side speak."""
