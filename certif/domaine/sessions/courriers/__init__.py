"""What mails say of a session, and those that time alone causes."""
