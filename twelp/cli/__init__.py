"""The command line. `app` holds the verbs; what each does lives in the module of its name. The bot itself (`run`)
starts without `app` and its libraries."""
