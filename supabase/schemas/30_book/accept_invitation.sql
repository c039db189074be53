create function private.accept_invitation(token text)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    -- From Auth, since the token of the request may be outdated.
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
    update public.invitations as i set accepted_at = private.now(), accepted_by = auth.uid() where i.id = invitation.id;
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
grant execute on function private.accept_invitation(text) to authenticated;

create function public.accept_invitation(token text)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.accept_invitation(token)
$$;
comment on function public.accept_invitation(text) is
    'The signed-in user with the invited e-mail address: becomes a member, and is linked to the person with that '
    'address. 404 invitation_unknown; 403 invitation_for_another; 409 invitation_used, _revoked, _expired, '
    'already_member.';
grant execute on function public.accept_invitation(text) to authenticated;
