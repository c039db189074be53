-- A demo organization, all of it invented. Its first admin is whoever the demo signs up.
insert into public.organizations (id, name, time_zone, slug)
values ('0d3a0000-0000-4000-8000-000000000001', 'Harbour Workshop', 'Europe/Vienna', 'harbour-workshop');

insert into public.places (id, organization_id, name) values
('0d3a0000-0000-4000-8000-000000000011', '0d3a0000-0000-4000-8000-000000000001', 'Front door'),
('0d3a0000-0000-4000-8000-000000000012', '0d3a0000-0000-4000-8000-000000000001', 'Drawing office');

insert into public.projects (id, organization_id, name, color) values
('0d3a0000-0000-4000-8000-000000000021', '0d3a0000-0000-4000-8000-000000000001', 'Lighthouse lamp', '#d97706'),
('0d3a0000-0000-4000-8000-000000000022', '0d3a0000-0000-4000-8000-000000000001', 'Tide gauge', '#0891b2'),
('0d3a0000-0000-4000-8000-000000000023', '0d3a0000-0000-4000-8000-000000000001', 'Upkeep', '#64748b');

insert into public.people (id, organization_id, name, email)
values
('0d3a0000-0000-4000-8000-000000000031', '0d3a0000-0000-4000-8000-000000000001', 'Mira Novak', 'mira@bay.example'),
('0d3a0000-0000-4000-8000-000000000032', '0d3a0000-0000-4000-8000-000000000001', 'Jonas Weber', 'jonas@bay.example'),
('0d3a0000-0000-4000-8000-000000000033', '0d3a0000-0000-4000-8000-000000000001', 'Ada Okafor', null);

insert into public.devices (id, organization_id, external_id, name, kind, mode, time_zone, place_id, person_id)
values
(
    '0d3a0000-0000-4000-8000-000000000041', '0d3a0000-0000-4000-8000-000000000001', 'NFC_ABC123', 'Mira''s desk',
    'reader', 'dock', 'Europe/Vienna', '0d3a0000-0000-4000-8000-000000000012', '0d3a0000-0000-4000-8000-000000000031'
),
(
    '0d3a0000-0000-4000-8000-000000000042', '0d3a0000-0000-4000-8000-000000000001', 'GATE_01', 'Front door terminal',
    'terminal', 'terminal', null, '0d3a0000-0000-4000-8000-000000000011', null
);

insert into public.tags (id, organization_id, uid, label, person_id, project_id) values
(
    '0d3a0000-0000-4000-8000-000000000051', '0d3a0000-0000-4000-8000-000000000001', 'DD542A83', 'Amber card',
    null, '0d3a0000-0000-4000-8000-000000000021'
),
(
    '0d3a0000-0000-4000-8000-000000000052', '0d3a0000-0000-4000-8000-000000000001', '04A1B2C3D4E580', 'Blue card',
    null, '0d3a0000-0000-4000-8000-000000000022'
),
(
    '0d3a0000-0000-4000-8000-000000000053', '0d3a0000-0000-4000-8000-000000000001', '0419C2AA', 'Jonas''s badge',
    '0d3a0000-0000-4000-8000-000000000032', null
),
(
    '0d3a0000-0000-4000-8000-000000000054', '0d3a0000-0000-4000-8000-000000000001', '04F00D42', 'Ada''s badge',
    '0d3a0000-0000-4000-8000-000000000033', null
);
