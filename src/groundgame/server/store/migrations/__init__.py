"""How the book came to its present shape; each file begins with a note."""
