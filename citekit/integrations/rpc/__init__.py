"""JSON-RPC 2.0 for editors and programs in other languages: ``serve`` answers line by line."""

from citekit.integrations.rpc.server import Server, serve

__all__ = ["Server", "serve"]
