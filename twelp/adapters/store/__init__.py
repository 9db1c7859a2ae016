"""Rows in a database: SQLite in one process by default, Postgres where several share the work."""

from twelp.adapters.store.accounts import StoredAccounts
from twelp.adapters.store.budgets import SharedBudgets
from twelp.adapters.store.keeping import Keep, Keeper
from twelp.adapters.store.lease import Lease
from twelp.adapters.store.sql import SqlStore
from twelp.adapters.store.tx import SqlTx

__all__ = ["Keep", "Keeper", "Lease", "SharedBudgets", "SqlStore", "SqlTx", "StoredAccounts"]
