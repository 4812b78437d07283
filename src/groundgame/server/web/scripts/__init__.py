"""Scripts: write what is said and asked, and see it as the phone shows it."""
