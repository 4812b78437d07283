"""The tables of the book: what people told us and what we decided, one file a noun."""
