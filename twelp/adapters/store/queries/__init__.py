"""The store's statements by part, each under a name and with a sentence. They are compiled once a database."""
