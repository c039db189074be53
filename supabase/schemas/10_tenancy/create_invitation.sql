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
    -- The new link replaces the earlier one, which may be lost.
    update public.invitations as i set revoked_at = private.now()
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
grant execute on function private.create_invitation(uuid, text, text) to authenticated;

create function public.create_invitation(organization_id uuid, email text, role text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.create_invitation(organization_id, email, role)
$$;
comment on function public.create_invitation(uuid, text, text) is
    'Admins. Answers {id, email, role, token, expires_at}; the token is shown only this once. Replaces an open '
    'invitation of the same address. 409 already_member; 422 invalid_email, invalid_role.';
grant execute on function public.create_invitation(uuid, text, text) to authenticated;
