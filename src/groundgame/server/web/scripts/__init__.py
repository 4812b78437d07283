"""Scripts: write what is asked, see it as the phone shows it, save a version."""
