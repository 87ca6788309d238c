"""What is asked and shown beside the page; nothing here blocks the window."""
