create table public.invitations (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    email text not null constraint invitations_email_has_at
    check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 320),
    role text not null constraint invitations_role_is_known check (role in ('admin', 'operator', 'viewer', 'member')),
    token_hash bytea not null unique constraint invitations_hash_is_sha256 check (length(token_hash) = 32),
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '7 days',
    accepted_at timestamptz,
    accepted_by uuid references auth.users (id) on delete set null,
    revoked_at timestamptz
);
comment on table public.invitations is
    'Who was asked to join, in which role. Only sha256 of the one-time token is stored; changed by RPCs only.';
create unique index invitations_one_open_per_email on public.invitations (organization_id, lower(email))
where accepted_at is null and revoked_at is null;
create index invitations_newest on public.invitations (organization_id, created_at desc, id);
create index invitations_by_maker on public.invitations (created_by);
create index invitations_by_accepter on public.invitations (accepted_by);

alter table public.invitations enable row level security;
revoke all on table public.invitations from public, anon, authenticated, service_role;
grant select (
    id, organization_id, email, role, created_by, created_at, expires_at, accepted_at, accepted_by, revoked_at
) on public.invitations to authenticated, service_role;
create policy invitations_select_admin on public.invitations
for select to authenticated
using (organization_id in (select private.organizations_with_role('admin')));

create function private.lock_organization(organization_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
    -- Events, which refer to the organization, go on meanwhile.
    select from public.organizations as o where o.id = lock_organization.organization_id for no key update
$$;
comment on function private.lock_organization(uuid) is
    'Until the transaction ends, no other act on the members of this organization begins.';

create function private.create_invitation(organization_id uuid, email text, role text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    address text := btrim(create_invitation.email);
    token text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
    made public.invitations;
begin
    perform private.require_role(create_invitation.organization_id, 'admin');
    if address is null or address !~ '^[^@\s]+@[^@\s]+$' or length(address) > 320 then
        perform private.refuse(422, 'invalid_email', 'Expected an e-mail address.');
    end if;
    if private.role_rank(create_invitation.role) is null then
        perform private.refuse(422, 'invalid_role', 'Expected admin, operator, viewer or member.');
    end if;
    perform private.lock_organization(create_invitation.organization_id);
    if exists (
        select from public.memberships as m
        where m.organization_id = create_invitation.organization_id and lower(m.email) = lower(address)
    ) then
        perform private.refuse(409, 'already_member', 'Somebody with this e-mail address is a member already.');
    end if;
    -- A new link replaces the one before, which may be lost.
    update public.invitations as i set revoked_at = now()
    where i.organization_id = create_invitation.organization_id and lower(i.email) = lower(address)
        and i.accepted_at is null and i.revoked_at is null;
    insert into public.invitations (organization_id, email, role, token_hash, created_by)
    values (
        create_invitation.organization_id, address, create_invitation.role,
        sha256(convert_to(token, 'UTF8')), auth.uid()
    )
    returning * into made;
    return jsonb_build_object(
        'id', made.id, 'email', made.email, 'role', made.role, 'token', token, 'expires_at', made.expires_at
    );
end
$$;
comment on function private.create_invitation(uuid, text, text) is 'Admins, through public.create_invitation.';

create function private.revoke_invitation(invitation_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    found_invitation public.invitations;
begin
    select * into found_invitation from public.invitations as i where i.id = revoke_invitation.invitation_id for update;
    perform private.require_role(found_invitation.organization_id, 'admin');
    if found_invitation.accepted_at is not null then
        perform private.refuse(409, 'invitation_used', 'This invitation has been accepted: remove the member instead.');
    end if;
    update public.invitations as i set revoked_at = now()
    where i.id = found_invitation.id and i.revoked_at is null;
end
$$;
comment on function private.revoke_invitation(uuid) is 'Admins, through public.revoke_invitation.';

create function private.open_invitation(token text, email text)
returns public.invitations
language plpgsql
set search_path = ''
as $$
declare
    invitation public.invitations;
begin
    select * into invitation from public.invitations as i
    where i.token_hash = sha256(convert_to(open_invitation.token, 'UTF8')) for update;
    if not found then
        perform private.refuse(404, 'invitation_unknown', 'There is no such invitation.');
    elsif lower(invitation.email) is distinct from lower(open_invitation.email) then
        perform private.refuse(403, 'invitation_for_another', 'This invitation is for another e-mail address.');
    elsif invitation.accepted_at is not null then
        perform private.refuse(409, 'invitation_used', 'This invitation has been accepted already.');
    elsif invitation.revoked_at is not null then
        perform private.refuse(409, 'invitation_revoked', 'This invitation has been revoked or replaced by a newer one.');
    elsif invitation.expires_at <= now() then
        perform private.refuse(409, 'invitation_expired', 'This invitation has expired: ask for a new one.');
    end if;
    return invitation;
end
$$;
comment on function private.open_invitation(text, text) is 'The invitation of this token, if this address may accept it now.';

create function private.accept_invitation(token text)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    -- As Auth knows it now: the token of the request may be older.
    address text := (select u.email from auth.users as u where u.id = auth.uid());
    invitation public.invitations := private.open_invitation(accept_invitation.token, address);
    made public.memberships;
begin
    insert into public.memberships (organization_id, user_id, role, email)
    values (invitation.organization_id, auth.uid(), invitation.role, address)
    on conflict (organization_id, user_id) do nothing
    returning * into made;
    if not found then
        perform private.refuse(409, 'already_member', 'You are a member of this organization already.');
    end if;
    update public.invitations as i set accepted_at = now(), accepted_by = auth.uid() where i.id = invitation.id;
    update public.people as p set user_id = auth.uid()
    where p.organization_id = invitation.organization_id and lower(p.email) = lower(address) and p.user_id is null
        and not exists (
            select from public.people as other
            where other.organization_id = p.organization_id and other.user_id = auth.uid()
        );
    return made;
end
$$;
comment on function private.accept_invitation(text) is 'Any signed-in user, through public.accept_invitation.';

create function public.create_invitation(organization_id uuid, email text, role text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.create_invitation(organization_id, email, role)
$$;
comment on function public.create_invitation(uuid, text, text) is
    'Admins: {id, email, role, token, expires_at}. The token is shown this once. An open invitation of the same address '
    'is replaced. 409 already_member; 422 invalid_email, invalid_role.';

create function public.revoke_invitation(invitation_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_invitation(invitation_id)
$$;
comment on function public.revoke_invitation(uuid) is 'Admins: the link works no more. 409 invitation_used.';

create function public.accept_invitation(token text)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.accept_invitation(token)
$$;
comment on function public.accept_invitation(text) is
    'The signed-in user with the invited e-mail address: becomes a member, and is the person with that address. '
    '404 invitation_unknown; 403 invitation_for_another; 409 invitation_used, _revoked, _expired, already_member.';

grant execute on function private.create_invitation(uuid, text, text) to authenticated;
grant execute on function private.revoke_invitation(uuid) to authenticated;
grant execute on function private.accept_invitation(text) to authenticated;
grant execute on function public.create_invitation(uuid, text, text) to authenticated;
grant execute on function public.revoke_invitation(uuid) to authenticated;
grant execute on function public.accept_invitation(text) to authenticated;
