"""Show the result of an article: in the terminal, as a page, as Markdown and as CSV."""
