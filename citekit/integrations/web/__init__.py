"""Web service: citations over HTTP, for programs in any language and for a page"""

__all__: list[str] = []
