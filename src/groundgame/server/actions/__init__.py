"""What may be done and asked: one file a noun; every one knows who asks."""
