"""What runs inside the sandbox: the template, the cell runner, the call server."""
