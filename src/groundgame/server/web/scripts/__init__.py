"""Scripts: write what is said and asked, see it as the phone shows it, save a version."""
