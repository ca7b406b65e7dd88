"""News text in: articles to incidents."""
