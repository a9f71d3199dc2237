"""Commands of the application: `flask --app app --help` lists them."""
