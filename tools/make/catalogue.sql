-- One query a kind of object, named above it: the name of each object and all that is said of it. Comments and grants
-- are kinds of their own. The platform's schemas are included: a policy or a trigger of ours may stand on their tables.
create function pg_temp.is_read(namespace oid) returns boolean language sql as $$
    select n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'supabase_migrations')
    from pg_catalog.pg_namespace as n where n.oid = namespace
$$;
create function pg_temp.grants(acl aclitem[]) returns text language sql as $$
    select string_agg(
        format(
            '%s to %s%s', g.privilege_type, case g.grantee when 0 then 'public' else g.grantee::regrole::text end,
            case when g.is_grantable then ' with grant option' else '' end
        ),
        E'\n' order by g.grantee::regrole::text, g.privilege_type
    )
    from aclexplode(acl) as g
$$;
-- Whatever a table holds before anybody has used it: what the schemas put there.
create function pg_temp.seeds() returns table (name text, seed text) language plpgsql as $$
declare
    filled regclass;
    key text;
begin
    for filled in
        select c.oid from pg_class as c
        where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'private')
    loop
        select string_agg(format('t.%I', a.attname), ', ') into key
        from pg_index as i join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = filled and i.indisprimary;
        return query execute format(
            'select concat_ws('' '', %L, %s), to_jsonb(t)::text from %s as t', filled, coalesce(key, 't'), filled
        );
    end loop;
end
$$;

-- schema
select n.nspname, format('owner %s', n.nspowner::regrole) from pg_namespace as n where pg_temp.is_read(n.oid);

-- extension
select e.extname, e.extversion from pg_extension as e;

-- role
select
    r.rolname,
    concat_ws(
        E'\n',
        to_jsonb(r) - array['oid', 'rolname', 'rolpassword', 'rolconfig'],
        (
            select string_agg(format('member of %s', m.roleid::regrole), E'\n' order by m.roleid::regrole::text)
            from pg_auth_members as m where m.member = r.oid
        )
    )
from pg_roles as r where r.rolname !~ '^pg_';

-- settings of
select case s.setrole when 0 then 'all roles' else s.setrole::regrole::text end, s.setconfig::text
from pg_db_role_setting as s
where s.setdatabase in (0, (select d.oid from pg_database as d where d.datname = current_database()));

-- default privileges
select
    format('of %s in %s for %s', d.defaclrole::regrole, coalesce(n.nspname, 'all schemas'), d.defaclobjtype),
    pg_temp.grants(d.defaclacl)
from pg_default_acl as d left join pg_namespace as n on n.oid = d.defaclnamespace;

-- relation
select
    c.oid::regclass::text,
    concat_ws(
        E'\n',
        format('kind %s, owner %s, persistence %s', c.relkind, c.relowner::regrole, c.relpersistence),
        format('options %s', c.reloptions),
        format('row level security %s, forced %s', c.relrowsecurity, c.relforcerowsecurity),
        format('replica identity %s', c.relreplident),
        case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end
    )
from pg_class as c where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c', 'S') and pg_temp.is_read(c.relnamespace);

-- row of
select s.name, s.seed from pg_temp.seeds() as s;

-- column
select
    format('%s.%s', c.oid::regclass, a.attname),
    concat_ws(
        ' ',
        format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' end,
        'default ' || pg_get_expr(d.adbin, d.adrelid),
        format(
            'place %s, identity %s, generated %s, storage %s, collation %s, statistics %s, options %s',
            a.attnum, a.attidentity, a.attgenerated, a.attstorage, nullif(a.attcollation, 0)::regcollation,
            a.attstattarget, a.attoptions
        )
    )
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and pg_temp.is_read(c.relnamespace)
    and a.attnum > 0 and not a.attisdropped;

-- sequence
select
    s.seqrelid::regclass::text,
    format(
        '%s start %s, from %s to %s by %s, cycle %s, cache %s', s.seqtypid::regtype, s.seqstart, s.seqmin, s.seqmax,
        s.seqincrement, s.seqcycle, s.seqcache
    )
from pg_sequence as s;

-- type
select
    t.oid::regtype::text,
    concat_ws(
        E'\n',
        format('kind %s, owner %s, not null %s', t.typtype, t.typowner::regrole, t.typnotnull),
        'of ' || format_type(nullif(t.typbasetype, 0), t.typtypmod),
        'default ' || t.typdefault,
        (
            select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
            from pg_enum as e where e.enumtypid = t.oid
        )
    )
from pg_type as t where t.typtype in ('e', 'd', 'r', 'c') and pg_temp.is_read(t.typnamespace);

-- constraint
select
    format('%s on %s', k.conname, case k.conrelid when 0 then k.contypid::regtype::text else k.conrelid::regclass::text end),
    format('%s, valid %s', pg_get_constraintdef(k.oid), k.convalidated)
from pg_constraint as k where pg_temp.is_read(k.connamespace);

-- index
select i.indexrelid::regclass::text, format('%s, valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
from pg_index as i join pg_class as c on c.oid = i.indexrelid where pg_temp.is_read(c.relnamespace);

-- function
select p.oid::regprocedure::text, format(E'%s\nowner %s', pg_get_functiondef(p.oid), p.proowner::regrole)
from pg_proc as p where p.prokind in ('f', 'p') and pg_temp.is_read(p.pronamespace);

-- policy
select
    format('%s on %s.%s', p.policyname, p.schemaname, p.tablename),
    concat_ws(
        E'\n',
        format('%s for %s to %s', p.permissive, p.cmd, p.roles), 'using ' || p.qual, 'with check ' || p.with_check
    )
from pg_policies as p;

-- trigger
select format('%s on %s', t.tgname, t.tgrelid::regclass), format('%s, enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
from pg_trigger as t where not t.tgisinternal;

-- rule
select format('%s on %s', r.rulename, r.ev_class::regclass), pg_get_ruledef(r.oid)
from pg_rewrite as r join pg_class as c on c.oid = r.ev_class
where r.rulename <> '_RETURN' and pg_temp.is_read(c.relnamespace);

-- event trigger
select t.evtname, format('%s %s, enabled %s', t.evtevent, t.evtfoid::regproc, t.evtenabled) from pg_event_trigger as t;

-- publication
select p.pubname, (to_jsonb(p) - 'oid')::text from pg_publication as p;

-- grants on schema
select n.nspname, pg_temp.grants(coalesce(n.nspacl, acldefault('n', n.nspowner)))
from pg_namespace as n where pg_temp.is_read(n.oid);

-- grants on
select c.oid::regclass::text, pg_temp.grants(coalesce(c.relacl, acldefault('r', c.relowner)))
from pg_class as c where c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_temp.is_read(c.relnamespace);

-- grants on sequence
select c.oid::regclass::text, pg_temp.grants(coalesce(c.relacl, acldefault('s', c.relowner)))
from pg_class as c where c.relkind = 'S' and pg_temp.is_read(c.relnamespace);

-- grants on column
select format('%s.%s', c.oid::regclass, a.attname), pg_temp.grants(a.attacl)
from pg_attribute as a join pg_class as c on c.oid = a.attrelid
where a.attacl is not null and not a.attisdropped and pg_temp.is_read(c.relnamespace);

-- grants on function
select p.oid::regprocedure::text, pg_temp.grants(coalesce(p.proacl, acldefault('f', p.proowner)))
from pg_proc as p where pg_temp.is_read(p.pronamespace);

-- grants on type
select t.oid::regtype::text, pg_temp.grants(coalesce(t.typacl, acldefault('T', t.typowner)))
from pg_type as t where t.typtype in ('e', 'd', 'r', 'c') and pg_temp.is_read(t.typnamespace);

-- grants on database
select 'itself', pg_temp.grants(coalesce(d.datacl, acldefault('d', d.datdba)))
from pg_database as d where d.datname = current_database();

-- comment on
select format('%s %s', o.type, o.identity), d.description
from pg_description as d
cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) as o
where o.schema is distinct from 'pg_catalog' and o.schema is distinct from 'information_schema';

-- comment on role
select d.objoid::regrole::text, d.description from pg_shdescription as d where d.classoid = 'pg_authid'::regclass;
