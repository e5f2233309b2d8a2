"""The checker of a built site: every link, language, feed, head and file, by rules."""
