"""Alembic's entry: run the steps on the connection that `offhook.storage.migrating` opened."""

from alembic import context

from offhook.storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
