"""The static site: every page, feed and download, made from briefs that were built."""
