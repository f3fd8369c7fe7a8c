"""The benchmark: how long a build takes, how much memory it needs, and how both grow. Run by `make bench`."""
