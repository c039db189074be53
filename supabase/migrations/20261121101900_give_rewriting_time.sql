-- These rewrite what has been recorded for years, or take it back: the API's limit on a statement (8 s on a hosted
-- project) is for reading and for single acts. PostgREST (12 and later) takes the setting over for the transaction.
alter function public.delete_organization(uuid, text) set statement_timeout = '10min';
alter function public.relabel_tag(uuid, uuid, uuid, timestamptz) set statement_timeout = '10min';
alter function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) set statement_timeout = '10min';
alter function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
set statement_timeout = '10min';
alter function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
set statement_timeout = '10min';
