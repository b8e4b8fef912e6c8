"""The commands: what the command line takes, one module a subject."""
