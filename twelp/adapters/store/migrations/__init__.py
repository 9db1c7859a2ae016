"""How the tables came to be as they are: one Alembic revision for each version of the schema, numbered without gaps.

Revisions only add: a table, an index, a column with a default in the database, so that processes of the version before
go on working beside this one. What is no longer needed is removed a version after nobody uses it. Nothing here is
imported unless there is something to upgrade. `CONTRIBUTING.md` tells how to add one.
"""
