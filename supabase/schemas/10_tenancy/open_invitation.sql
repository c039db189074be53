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
    elsif invitation.expires_at <= private.now() then
        perform private.refuse(409, 'invitation_expired', 'This invitation has expired: ask for a new one.');
    end if;
    perform private.require_active(invitation.organization_id);
    return invitation;
end
$$;
comment on function private.open_invitation(text, text) is
    'The invitation with this token, if this e-mail address may accept it now; refuses otherwise.';
