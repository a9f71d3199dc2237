"""What is printed of a session: its sheet, procès-verbal, hand-over list, cards, deadlines."""
