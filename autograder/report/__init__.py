"""What people read: tables on the terminal, feedback pages for students."""
