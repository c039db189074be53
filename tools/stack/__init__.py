"""A database with the platform around it: PostgreSQL with PostgREST, or the embedded Supabase."""
