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
    update public.invitations as i set revoked_at = private.now()
    where i.id = found_invitation.id and i.revoked_at is null;
end
$$;
comment on function private.revoke_invitation(uuid) is 'Admins, through public.revoke_invitation.';
grant execute on function private.revoke_invitation(uuid) to authenticated;

create function public.revoke_invitation(invitation_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_invitation(invitation_id)
$$;
comment on function public.revoke_invitation(uuid) is
    'Admins: the invitation can no longer be accepted. 409 invitation_used.';
grant execute on function public.revoke_invitation(uuid) to authenticated;
