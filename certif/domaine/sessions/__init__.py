"""A certification session: its states, its tables, who sees it, its lists, its end."""
