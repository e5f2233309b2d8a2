"""What was made, shown in a browser on this machine while it is worked on; nothing is written."""
