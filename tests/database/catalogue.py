"""What there is in the database, as PostgreSQL itself says it."""

from dataclasses import dataclass

from tools.stack.postgres import PostgresStack


@dataclass(frozen=True)
class Relation:
    """A table or a view of the API."""

    name: str
    is_view: bool
    columns: tuple[str, ...]
    """Those that some member may read."""


@dataclass(frozen=True)
class ForeignKey:
    """From a column of a table to the ids of another, both in public."""

    table: str
    column: str
    target: str


@dataclass(frozen=True)
class Catalogue:
    """The API: what PostgREST serves."""

    relations: tuple[Relation, ...]
    functions: tuple[str, ...]
    reading_functions: frozenset[str]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def tables(self) -> tuple[Relation, ...]:
        """Without the views."""
        return tuple(relation for relation in self.relations if not relation.is_view)


def read_catalogue(stack: PostgresStack) -> Catalogue:
    """Of the schema public."""
    relations = stack.sql("""
        select
            c.relname::text as name, c.relkind = 'v' as is_view,
            array_agg(a.attname::text order by a.attnum) as columns
        from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            and has_column_privilege('authenticated', c.oid, a.attnum, 'select')
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
        group by c.oid order by c.relname
    """)
    functions = stack.sql("""
        select p.proname::text as name, p.provolatile <> 'v' as only_reads from pg_proc as p
        where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
        order by p.proname
    """)
    keys = stack.sql("""
        select
            c.conrelid::regclass::text as table, a.attname::text as column,
            c.confrelid::regclass::text as target
        from pg_constraint as c
        join unnest(c.conkey) as key (attnum) on true
        join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = key.attnum
        where c.contype = 'f' and c.connamespace = 'public'::regnamespace
            and c.confrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
            and (a.attname <> 'organization_id' or c.confrelid = 'public.organizations'::regclass)
        order by 1, 2
    """)
    return Catalogue(
        tuple(Relation(row["name"], row["is_view"], tuple(row["columns"])) for row in relations),
        tuple(row["name"] for row in functions),
        frozenset(row["name"] for row in functions if row["only_reads"]),
        tuple(ForeignKey(row["table"], row["column"], row["target"]) for row in keys),
    )
