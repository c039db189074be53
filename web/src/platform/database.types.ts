export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "alert_kinds": {
                  Row: {
                    "capability": string,"kind": string,"severity": string,"source_type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "capability": string,"kind": string,"severity": string,"source_type": string
                  }
                  Update: {
                    "capability"?: string,"kind"?: string,"severity"?: string,"source_type"?: string
                  }
                  Relationships: [
                    
                  ]
                },"alerts": {
                  Row: {
                    "acknowledged_at": string | null,"acknowledged_by": string | null,"cleared_at": string | null,"cleared_by": string | null,"details": NonNullable<Json>,"id": string,"kind": string,"last_raised_at": string,"notes": string | null,"organization_id": string,"raise_count": number,"raised_at": string,"severity": string,"source_id": string,"source_type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "acknowledged_at"?: string | null,"acknowledged_by"?: string | null,"cleared_at"?: string | null,"cleared_by"?: string | null,"details"?: NonNullable<Json>,"id"?: string,"kind": string,"last_raised_at"?: string,"notes"?: string | null,"organization_id": string,"raise_count"?: number,"raised_at"?: string,"severity": string,"source_id": string,"source_type": string
                  }
                  Update: {
                    "acknowledged_at"?: string | null,"acknowledged_by"?: string | null,"cleared_at"?: string | null,"cleared_by"?: string | null,"details"?: NonNullable<Json>,"id"?: string,"kind"?: string,"last_raised_at"?: string,"notes"?: string | null,"organization_id"?: string,"raise_count"?: number,"raised_at"?: string,"severity"?: string,"source_id"?: string,"source_type"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "alerts_kind_is_known"
      columns: ["kind","source_type"]
isOneToOne: false
      referencedRelation: "alert_kinds"
      referencedColumns: ["kind","source_type"]
    },{
      foreignKeyName: "alerts_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "alerts_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_log": {
                  Row: {
                    "action": string,"actor_id": string | null,"actor_kind": string,"after": Json | null,"before": Json | null,"id": number,"occurred_at": string,"organization_id": string,"reason": string | null,"request_id": string | null,"row_id": string,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor_id"?: string | null,"actor_kind": string,"after"?: Json | null,"before"?: Json | null,"id"?: never,"occurred_at"?: string,"organization_id": string,"reason"?: string | null,"request_id"?: string | null,"row_id": string,"table_name": string
                  }
                  Update: {
                    "action"?: string,"actor_id"?: string | null,"actor_kind"?: string,"after"?: Json | null,"before"?: Json | null,"id"?: never,"occurred_at"?: string,"organization_id"?: string,"reason"?: string | null,"request_id"?: string | null,"row_id"?: string,"table_name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_log_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "audit_log_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"calendar_feeds": {
                  Row: {
                    "created_at": string,"created_by": string | null,"hint": string,"id": string,"last_used_at": string | null,"organization_id": string,"person_id": string,"revoked_at": string | null,"token_hash": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"hint": string,"id"?: string,"last_used_at"?: string | null,"organization_id": string,"person_id": string,"revoked_at"?: string | null,"token_hash": string
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"hint"?: string,"id"?: string,"last_used_at"?: string | null,"organization_id"?: string,"person_id"?: string,"revoked_at"?: string | null,"token_hash"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "calendar_feeds_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"device_events": {
                  Row: {
                    "dedupe_key": string,"device_id": string,"device_time": string | null,"direction": string | null,"event_type": string,"id": number,"is_by_order": boolean,"no_card": string | null,"occurred_at": string,"organization_id": string,"payload": NonNullable<Json>,"reading_version": number,"received_at": string,"supersedes": number | null,"tag_id": string | null,"tag_uid": string,"time_quality": string
                  }
                  ComputedFields: never
                  Insert: {
                    "dedupe_key": string,"device_id": string,"device_time"?: string | null,"direction"?: string | null,"event_type": string,"id"?: never,"is_by_order"?: boolean,"no_card"?: string | null,"occurred_at": string,"organization_id": string,"payload": NonNullable<Json>,"reading_version"?: number,"received_at": string,"supersedes"?: number | null,"tag_id"?: string | null,"tag_uid": string,"time_quality": string
                  }
                  Update: {
                    "dedupe_key"?: string,"device_id"?: string,"device_time"?: string | null,"direction"?: string | null,"event_type"?: string,"id"?: never,"is_by_order"?: boolean,"no_card"?: string | null,"occurred_at"?: string,"organization_id"?: string,"payload"?: NonNullable<Json>,"reading_version"?: number,"received_at"?: string,"supersedes"?: number | null,"tag_id"?: string | null,"tag_uid"?: string,"time_quality"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "device_events_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "device_overview"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "device_events_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "device_events_tag_id_organization_id_fkey"
      columns: ["tag_id","organization_id"]
isOneToOne: false
      referencedRelation: "tags"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"device_keys": {
                  Row: {
                    "created_at": string,"created_by": string | null,"device_id": string,"expires_at": string | null,"hint": string,"id": string,"key_hash": string,"kind": string,"last_used_at": string | null,"name": string | null,"organization_id": string,"revoked_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"device_id": string,"expires_at"?: string | null,"hint": string,"id"?: string,"key_hash": string,"kind": string,"last_used_at"?: string | null,"name"?: string | null,"organization_id": string,"revoked_at"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"device_id"?: string,"expires_at"?: string | null,"hint"?: string,"id"?: string,"key_hash"?: string,"kind"?: string,"last_used_at"?: string | null,"name"?: string | null,"organization_id"?: string,"revoked_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "device_keys_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "device_overview"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "device_keys_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"device_status": {
                  Row: {
                    "device_id": string,"has_clock_alert": boolean,"last_event_key": string | null,"last_event_received_at": string | null,"last_event_signature": string | null,"last_request_id": string | null,"last_request_signature": string | null,"last_seen_at": string | null,"last_sequence_number": number | null,"missing_numbers": unknown,"organization_id": string,"requests_in_window": number,"window_started_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "device_id": string,"has_clock_alert"?: boolean,"last_event_key"?: string | null,"last_event_received_at"?: string | null,"last_event_signature"?: string | null,"last_request_id"?: string | null,"last_request_signature"?: string | null,"last_seen_at"?: string | null,"last_sequence_number"?: number | null,"missing_numbers"?: unknown,"organization_id": string,"requests_in_window"?: number,"window_started_at"?: string
                  }
                  Update: {
                    "device_id"?: string,"has_clock_alert"?: boolean,"last_event_key"?: string | null,"last_event_received_at"?: string | null,"last_event_signature"?: string | null,"last_request_id"?: string | null,"last_request_signature"?: string | null,"last_seen_at"?: string | null,"last_sequence_number"?: number | null,"missing_numbers"?: unknown,"organization_id"?: string,"requests_in_window"?: number,"window_started_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "device_status_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "device_overview"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "device_status_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"devices": {
                  Row: {
                    "created_at": string,"external_id": string,"id": string,"is_active": boolean,"is_id_strict": boolean | null,"kind": string,"mode": string | null,"name": string,"organization_id": string,"payload_map": Json | null,"person_id": string | null,"place_id": string | null,"reading_version": number,"reported_id": string | null,"requests_per_minute": number,"tag_format": Json | null,"time_zone": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"external_id": string,"id"?: string,"is_active"?: boolean,"is_id_strict"?: boolean | null,"kind"?: string,"mode"?: string | null,"name": string,"organization_id": string,"payload_map"?: Json | null,"person_id"?: string | null,"place_id"?: string | null,"reading_version"?: number,"reported_id"?: string | null,"requests_per_minute"?: number,"tag_format"?: Json | null,"time_zone"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"external_id"?: string,"id"?: string,"is_active"?: boolean,"is_id_strict"?: boolean | null,"kind"?: string,"mode"?: string | null,"name"?: string,"organization_id"?: string,"payload_map"?: Json | null,"person_id"?: string | null,"place_id"?: string | null,"reading_version"?: number,"reported_id"?: string | null,"requests_per_minute"?: number,"tag_format"?: Json | null,"time_zone"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "devices_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "devices_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "devices_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "devices_place_id_organization_id_fkey"
      columns: ["place_id","organization_id"]
isOneToOne: false
      referencedRelation: "places"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"created_by": string | null,"email": string,"expires_at": string,"id": string,"organization_id": string,"revoked_at": string | null,"role": string,"token_hash": string
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"created_by"?: string | null,"email": string,"expires_at"?: string,"id"?: string,"organization_id": string,"revoked_at"?: string | null,"role": string,"token_hash": string
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"created_by"?: string | null,"email"?: string,"expires_at"?: string,"id"?: string,"organization_id"?: string,"revoked_at"?: string | null,"role"?: string,"token_hash"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "invitations_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"memberships": {
                  Row: {
                    "created_at": string,"email": string,"id": string,"is_active": boolean,"organization_id": string,"role": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"id"?: string,"is_active"?: boolean,"organization_id": string,"role": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"id"?: string,"is_active"?: boolean,"organization_id"?: string,"role"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "memberships_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "memberships_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"organizations": {
                  Row: {
                    "capabilities": (string)[],"contact_email": string | null,"created_at": string,"id": string,"is_active": boolean,"locale": string,"name": string,"slug": string,"time_zone": string
                  }
                  ComputedFields: never
                  Insert: {
                    "capabilities"?: (string)[],"contact_email"?: string | null,"created_at"?: string,"id"?: string,"is_active"?: boolean,"locale"?: string,"name": string,"slug"?: string,"time_zone"?: string
                  }
                  Update: {
                    "capabilities"?: (string)[],"contact_email"?: string | null,"created_at"?: string,"id"?: string,"is_active"?: boolean,"locale"?: string,"name"?: string,"slug"?: string,"time_zone"?: string
                  }
                  Relationships: [
                    
                  ]
                },"pairing_settings": {
                  Row: {
                    "created_at": string,"created_by": string | null,"debounce_seconds": number | null,"device_id": string | null,"id": string,"max_entry_hours": number | null,"merge_gap_seconds": number | null,"mode": string | null,"organization_id": string,"person_id": string | null,"valid_from": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"debounce_seconds"?: number | null,"device_id"?: string | null,"id"?: string,"max_entry_hours"?: number | null,"merge_gap_seconds"?: number | null,"mode"?: string | null,"organization_id": string,"person_id"?: string | null,"valid_from": string
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"debounce_seconds"?: number | null,"device_id"?: string | null,"id"?: string,"max_entry_hours"?: number | null,"merge_gap_seconds"?: number | null,"mode"?: string | null,"organization_id"?: string,"person_id"?: string | null,"valid_from"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "pairing_settings_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "device_overview"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "pairing_settings_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "pairing_settings_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "pairing_settings_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pairing_settings_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"people": {
                  Row: {
                    "archived_at": string | null,"created_at": string,"email": string | null,"erased_at": string | null,"id": string,"name": string,"organization_id": string,"phone": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"email"?: string | null,"erased_at"?: string | null,"id"?: string,"name": string,"organization_id": string,"phone"?: string | null,"user_id"?: string | null
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"email"?: string | null,"erased_at"?: string | null,"id"?: string,"name"?: string,"organization_id"?: string,"phone"?: string | null,"user_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "people_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "people_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"places": {
                  Row: {
                    "archived_at": string | null,"created_at": string,"id": string,"name": string,"organization_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"id"?: string,"name": string,"organization_id": string
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"id"?: string,"name"?: string,"organization_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "places_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "places_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"profiles": {
                  Row: {
                    "created_at": string,"display_name": string,"locale": string,"theme": string,"time_zone": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"display_name"?: string,"locale"?: string,"theme"?: string,"time_zone"?: string | null,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"display_name"?: string,"locale"?: string,"theme"?: string,"time_zone"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"projects": {
                  Row: {
                    "archived_at": string | null,"color": string,"created_at": string,"id": string,"name": string,"organization_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"color"?: string,"created_at"?: string,"id"?: string,"name": string,"organization_id": string
                  }
                  Update: {
                    "archived_at"?: string | null,"color"?: string,"created_at"?: string,"id"?: string,"name"?: string,"organization_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "projects_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "projects_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"tag_assignments": {
                  Row: {
                    "created_at": string,"created_by": string | null,"id": string,"organization_id": string,"person_id": string | null,"project_id": string | null,"tag_id": string,"valid_from": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"id"?: string,"organization_id": string,"person_id"?: string | null,"project_id"?: string | null,"tag_id": string,"valid_from": string
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"id"?: string,"organization_id"?: string,"person_id"?: string | null,"project_id"?: string | null,"tag_id"?: string,"valid_from"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tag_assignments_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "tag_assignments_project_id_organization_id_fkey"
      columns: ["project_id","organization_id"]
isOneToOne: false
      referencedRelation: "projects"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "tag_assignments_tag_id_organization_id_fkey"
      columns: ["tag_id","organization_id"]
isOneToOne: false
      referencedRelation: "tags"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"tags": {
                  Row: {
                    "archived_at": string | null,"created_at": string,"first_seen_at": string | null,"first_seen_device_id": string | null,"id": string,"is_cut_short": boolean,"label": string | null,"organization_id": string,"person_id": string | null,"project_id": string | null,"tag_type": string | null,"uid": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"first_seen_at"?: string | null,"first_seen_device_id"?: string | null,"id"?: string,"is_cut_short"?: never,"label"?: string | null,"organization_id": string,"person_id"?: string | null,"project_id"?: string | null,"tag_type"?: string | null,"uid": string
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"first_seen_at"?: string | null,"first_seen_device_id"?: string | null,"id"?: string,"is_cut_short"?: never,"label"?: string | null,"organization_id"?: string,"person_id"?: string | null,"project_id"?: string | null,"tag_type"?: string | null,"uid"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tags_first_seen_device_id_organization_id_fkey"
      columns: ["first_seen_device_id","organization_id"]
isOneToOne: false
      referencedRelation: "device_overview"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "tags_first_seen_device_id_organization_id_fkey"
      columns: ["first_seen_device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "tags_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "tags_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tags_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "tags_project_id_organization_id_fkey"
      columns: ["project_id","organization_id"]
isOneToOne: false
      referencedRelation: "projects"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"time_entries": {
                  Row: {
                    "claim_ended_at": string | null,"claim_id": string | null,"claim_started_at": string | null,"corrected_fields": (string)[],"created_at": string,"deleted_at": string | null,"device_id": string | null,"end_set_at": string | null,"ended_at": string | null,"flags": (string)[],"id": string,"limit_at": string,"note": string | null,"organization_id": string,"paired_started_at": string | null,"person_id": string | null,"project_id": string | null,"source": string,"started_at": string,"stream_id": string | null,"tag_id": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "claim_ended_at"?: string | null,"claim_id"?: string | null,"claim_started_at"?: string | null,"corrected_fields"?: (string)[],"created_at"?: string,"deleted_at"?: string | null,"device_id"?: string | null,"end_set_at"?: string | null,"ended_at"?: string | null,"flags"?: (string)[],"id"?: string,"limit_at": string,"note"?: string | null,"organization_id": string,"paired_started_at"?: string | null,"person_id"?: string | null,"project_id"?: string | null,"source": string,"started_at": string,"stream_id"?: string | null,"tag_id"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "claim_ended_at"?: string | null,"claim_id"?: string | null,"claim_started_at"?: string | null,"corrected_fields"?: (string)[],"created_at"?: string,"deleted_at"?: string | null,"device_id"?: string | null,"end_set_at"?: string | null,"ended_at"?: string | null,"flags"?: (string)[],"id"?: string,"limit_at"?: string,"note"?: string | null,"organization_id"?: string,"paired_started_at"?: string | null,"person_id"?: string | null,"project_id"?: string | null,"source"?: string,"started_at"?: string,"stream_id"?: string | null,"tag_id"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "time_entries_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "time_entries_project_id_organization_id_fkey"
      columns: ["project_id","organization_id"]
isOneToOne: false
      referencedRelation: "projects"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                }
          }
          Views: {
            "device_overview": {
                  Row: {
                    "created_at": string,"external_id": string,"id": string,"is_active": boolean,"kind": string,"last_seen_at": string | null,"mode": string | null,"name": string,"open_alerts": number | null,"organization_id": string,"person_id": string | null,"person_name": string | null,"place_id": string | null,"place_name": string | null,"taps_by_day": (number)[] | null,"taps_today": number | null,"time_zone": string | null,"valid_keys": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "devices_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "event_anomalies"
      referencedColumns: ["organization_id"]
    },{
      foreignKeyName: "devices_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "devices_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "devices_place_id_organization_id_fkey"
      columns: ["place_id","organization_id"]
isOneToOne: false
      referencedRelation: "places"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"event_anomalies": {
                  Row: {
                    "device_id": string,"device_name": string | null,"direction": string | null,"event_type": string,"id": number,"occurred_at": string,"organization_id": string,"reason": string | null,"received_at": string,"tag_id": string | null,"tag_label": string | null,"tag_uid": string,"time_quality": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"recent_taps": {
                  Row: {
                    "device_id": string,"device_name": string | null,"device_time": string | null,"direction": string | null,"entry_ended_at": string | null,"entry_id": string | null,"entry_started_at": string | null,"event_type": string,"id": number,"occurred_at": string,"organization_id": string,"outcome": string | null,"person_id": string | null,"person_name": string | null,"place_name": string | null,"project_id": string | null,"project_name": string | null,"reason": string | null,"received_at": string,"tag_id": string | null,"tag_label": string | null,"tag_uid": string,"time_quality": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "device_events_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "device_overview"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "device_events_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "device_events_tag_id_organization_id_fkey"
      columns: ["tag_id","organization_id"]
isOneToOne: false
      referencedRelation: "tags"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"time_entry_details": {
                  Row: {
                    "corrected_fields": (string)[],"created_at": string,"device_id": string | null,"device_name": string | null,"duration_seconds": number | null,"ended_at": string | null,"flags": (string)[] | null,"id": string,"is_overlapping": boolean | null,"is_running": boolean | null,"limit_at": string,"note": string | null,"organization_id": string,"person_id": string | null,"person_name": string | null,"place_name": string | null,"project_color": string | null,"project_id": string | null,"project_name": string | null,"source": string,"started_at": string,"tag_id": string | null,"tag_label": string | null,"tag_uid": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "time_entries_person_id_organization_id_fkey"
      columns: ["person_id","organization_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id","organization_id"]
    },{
      foreignKeyName: "time_entries_project_id_organization_id_fkey"
      columns: ["project_id","organization_id"]
isOneToOne: false
      referencedRelation: "projects"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                }
          }
          Functions: {
            "accept_invitation":
{ Args: { "token": string }; Returns: {
              "created_at": string,
"email": string,
"id": string,
"is_active": boolean,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"acknowledge_alert":
{ Args: { "alert_id": string,"notes"?: string }; Returns: {
              "acknowledged_at": string | null,
"acknowledged_by": string | null,
"cleared_at": string | null,
"cleared_by": string | null,
"details": NonNullable<Json>,
"id": string,
"kind": string,
"last_raised_at": string,
"notes": string | null,
"organization_id": string,
"raise_count": number,
"raised_at": string,
"severity": string,
"source_id": string,
"source_type": string
            }
                          SetofOptions: {
        from: "*"
        to: "alerts"
        isOneToOne: true
        isSetofReturn: false
      } },
"add_time_entry":
{ Args: { "ended_at": string,"note"?: string,"organization_id": string,"person_id": string,"project_id": string,"reason": string,"started_at": string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: true
        isSetofReturn: false
      } },
"calendar_entries":
{ Args: { "token": string }; Returns: Json
                           },
"change_member_role":
{ Args: { "membership_id": string,"role": string }; Returns: {
              "created_at": string,
"email": string,
"id": string,
"is_active": boolean,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"change_time_entry":
{ Args: { "changes": Json,"entry_id": string,"expected_version": number,"reason": string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: true
        isSetofReturn: false
      } },
"clear_alert":
{ Args: { "alert_id": string,"notes"?: string }; Returns: {
              "acknowledged_at": string | null,
"acknowledged_by": string | null,
"cleared_at": string | null,
"cleared_by": string | null,
"details": NonNullable<Json>,
"id": string,
"kind": string,
"last_raised_at": string,
"notes": string | null,
"organization_id": string,
"raise_count": number,
"raised_at": string,
"severity": string,
"source_id": string,
"source_type": string
            }
                          SetofOptions: {
        from: "*"
        to: "alerts"
        isOneToOne: true
        isSetofReturn: false
      } },
"confirm_reported_id":
{ Args: { "device_id": string,"reported"?: string }; Returns: Json
                           },
"create_calendar_feed":
{ Args: { "person_id": string }; Returns: Json
                           },
"create_device_key":
{ Args: { "device_id": string,"expires_at"?: string,"kind"?: string,"name"?: string }; Returns: Json
                           },
"create_invitation":
{ Args: { "email": string,"organization_id": string,"role": string }; Returns: Json
                           },
"create_organization":
{ Args: { "locale"?: string,"name": string,"slug"?: string,"time_zone"?: string }; Returns: {
              "capabilities": (string)[],
"contact_email": string | null,
"created_at": string,
"id": string,
"is_active": boolean,
"locale": string,
"name": string,
"slug": string,
"time_zone": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"delete_organization":
{ Args: { "name": string,"organization_id": string }; Returns: undefined
                           },
"delete_time_entry":
{ Args: { "entry_id": string,"expected_version": number,"reason": string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: true
        isSetofReturn: false
      } },
"erase_person":
{ Args: { "confirmation": string,"person_id": string }; Returns: undefined
                           },
"identify_device":
{ Args: { "device_key": string,"key_kind": string }; Returns: Json
                           },
"import_people":
{ Args: { "dry_run"?: boolean,"organization_id": string,"rows": Json }; Returns: Json
                           },
"latest_taps":
{ Args: { "max_rows"?: number,"organization_id": string }; Returns: {
              "device_id": string,
"device_name": string | null,
"device_time": string | null,
"direction": string | null,
"entry_ended_at": string | null,
"entry_id": string | null,
"entry_started_at": string | null,
"event_type": string,
"id": number,
"occurred_at": string,
"organization_id": string,
"outcome": string | null,
"person_id": string | null,
"person_name": string | null,
"place_name": string | null,
"project_id": string | null,
"project_name": string | null,
"reason": string | null,
"received_at": string,
"tag_id": string | null,
"tag_label": string | null,
"tag_uid": string,
"time_quality": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "recent_taps"
        isOneToOne: false
        isSetofReturn: true
      } },
"leave_organization":
{ Args: { "organization_id": string }; Returns: undefined
                           },
"link_person":
{ Args: { "membership_id": string,"person_id": string }; Returns: {
              "archived_at": string | null,
"created_at": string,
"email": string | null,
"erased_at": string | null,
"id": string,
"name": string,
"organization_id": string,
"phone": string | null,
"user_id": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "people"
        isOneToOne: true
        isSetofReturn: false
      } },
"ping":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"presence_by_hour":
{ Args: { "from_date": string,"organization_id": string,"person_id"?: string,"to_date": string }; Returns: Database["public"]['CompositeTypes']["presence_row"][]
                          SetofOptions: {
        from: "*"
        to: "presence_row"
        isOneToOne: false
        isSetofReturn: true
      } },
"present_now":
{ Args: { "organization_id": string }; Returns: Database["public"]['CompositeTypes']["present_row"][]
                          SetofOptions: {
        from: "*"
        to: "present_row"
        isOneToOne: false
        isSetofReturn: true
      } },
"preview_pairing_settings":
{ Args: { "debounce_seconds"?: number,"device_id"?: string,"max_entry_hours"?: number,"merge_gap_seconds"?: number,"organization_id": string,"valid_from"?: string }; Returns: Json
                           },
"preview_relabel_tag":
{ Args: { "person_id": string,"project_id": string,"tag_id": string,"valid_from"?: string }; Returns: Json
                           },
"preview_replay_events":
{ Args: { "device_id": string,"readings": Json,"since": string }; Returns: Json
                           },
"project_hours":
{ Args: { "from_date": string,"organization_id": string,"person_id"?: string,"to_date": string }; Returns: Database["public"]['CompositeTypes']["project_hours_row"][]
                          SetofOptions: {
        from: "*"
        to: "project_hours_row"
        isOneToOne: false
        isSetofReturn: true
      } },
"reactivate_member":
{ Args: { "membership_id": string }; Returns: {
              "created_at": string,
"email": string,
"id": string,
"is_active": boolean,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"record_device_events":
{ Args: { "device_key": string,"events": Json,"key_kind": string,"reading_version"?: number }; Returns: Json
                           },
"relabel_tag":
{ Args: { "person_id": string,"project_id": string,"tag_id": string,"valid_from"?: string }; Returns: Json
                           },
"remove_member":
{ Args: { "membership_id": string }; Returns: undefined
                           },
"replay_events":
{ Args: { "device_id": string,"readings": Json,"since": string }; Returns: Json
                           },
"restore_time_entry":
{ Args: { "entry_id": string,"expected_version"?: number,"reason": string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: true
        isSetofReturn: false
      } },
"revoke_calendar_feed":
{ Args: { "feed_id": string }; Returns: undefined
                           },
"revoke_device_key":
{ Args: { "key_id": string }; Returns: undefined
                           },
"revoke_invitation":
{ Args: { "invitation_id": string }; Returns: undefined
                           },
"rotate_device_key":
{ Args: { "key_id": string,"overlap_minutes"?: number }; Returns: Json
                           },
"search_people":
{ Args: { "include_archived"?: boolean,"max_rows"?: number,"organization_id": string,"query"?: string }; Returns: {
              "archived_at": string | null,
"created_at": string,
"email": string | null,
"erased_at": string | null,
"id": string,
"name": string,
"organization_id": string,
"phone": string | null,
"user_id": string | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "people"
        isOneToOne: false
        isSetofReturn: true
      } },
"set_capabilities":
{ Args: { "capabilities": (string)[],"organization_id": string }; Returns: {
              "capabilities": (string)[],
"contact_email": string | null,
"created_at": string,
"id": string,
"is_active": boolean,
"locale": string,
"name": string,
"slug": string,
"time_zone": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_pairing_settings":
{ Args: { "debounce_seconds"?: number,"device_id"?: string,"max_entry_hours"?: number,"merge_gap_seconds"?: number,"organization_id": string,"valid_from"?: string }; Returns: Json
                           },
"split_time_entry":
{ Args: { "entry_id": string,"expected_version": number,"project_id"?: string,"reason": string,"split_at": string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: false
        isSetofReturn: true
      } },
"start_timer":
{ Args: { "note"?: string,"organization_id": string,"person_id": string,"project_id"?: string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: true
        isSetofReturn: false
      } },
"stop_timer":
{ Args: { "entry_id": string,"expected_version"?: number,"reason"?: string }; Returns: {
              "claim_ended_at": string | null,
"claim_id": string | null,
"claim_started_at": string | null,
"corrected_fields": (string)[],
"created_at": string,
"deleted_at": string | null,
"device_id": string | null,
"end_set_at": string | null,
"ended_at": string | null,
"flags": (string)[],
"id": string,
"limit_at": string,
"note": string | null,
"organization_id": string,
"paired_started_at": string | null,
"person_id": string | null,
"project_id": string | null,
"source": string,
"started_at": string,
"stream_id": string | null,
"tag_id": string | null,
"updated_at": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "time_entries"
        isOneToOne: true
        isSetofReturn: false
      } },
"suspend_member":
{ Args: { "membership_id": string }; Returns: {
              "created_at": string,
"email": string,
"id": string,
"is_active": boolean,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"sweep":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"taps_by_day":
{ Args: { "from_date": string,"organization_id": string,"to_date": string }; Returns: Database["public"]['CompositeTypes']["taps_by_day_row"][]
                          SetofOptions: {
        from: "*"
        to: "taps_by_day_row"
        isOneToOne: false
        isSetofReturn: true
      } },
"time_entry_history":
{ Args: { "entry_id": string }; Returns: Database["public"]['CompositeTypes']["time_entry_history_row"][]
                          SetofOptions: {
        from: "*"
        to: "time_entry_history_row"
        isOneToOne: false
        isSetofReturn: true
      } },
"timesheet":
{ Args: { "from_date": string,"organization_id": string,"person_id"?: string,"project_id"?: string,"to_date": string }; Returns: Database["public"]['CompositeTypes']["timesheet_row"][]
                          SetofOptions: {
        from: "*"
        to: "timesheet_row"
        isOneToOne: false
        isSetofReturn: true
      } },
"timesheet_days":
{ Args: { "from_date": string,"organization_id": string,"person_id"?: string,"to_date": string }; Returns: Database["public"]['CompositeTypes']["timesheet_day"][]
                          SetofOptions: {
        from: "*"
        to: "timesheet_day"
        isOneToOne: false
        isSetofReturn: true
      } }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            "presence_row": {
                        "weekday": number | null,"hour": number | null,"person_seconds": number | null,"average_people": number | null
                      },"present_row": {
                        "entry_id": string | null,"person_id": string | null,"person_name": string | null,"since": string | null,"limit_at": string | null,"project_id": string | null,"project_name": string | null,"project_color": string | null,"device_id": string | null,"device_name": string | null,"place_name": string | null,"tag_id": string | null,"tag_label": string | null,"source": string | null,"version": number | null
                      },"project_hours_row": {
                        "day": string | null,"project_id": string | null,"project_name": string | null,"project_color": string | null,"elapsed_seconds": number | null,"people": number | null
                      },"taps_by_day_row": {
                        "day": string | null,"device_id": string | null,"taps": number | null
                      },"time_entry_history_row": {
                        "id": number | null,"occurred_at": string | null,"actor_kind": string | null,"actor_name": string | null,"action": string | null,"before": Json | null,"after": Json | null,"reason": string | null
                      },"timesheet_day": {
                        "day": string | null,"person_id": string | null,"person_name": string | null,"elapsed_seconds": number | null,"wall_seconds": number | null,"first_started_at": string | null,"last_ended_at": string | null,"entry_count": number | null,"running": boolean | null,"flags": (string)[] | null
                      },"timesheet_row": {
                        "day": string | null,"person_id": string | null,"person_name": string | null,"project_id": string | null,"project_name": string | null,"project_color": string | null,"elapsed_seconds": number | null,"wall_seconds": number | null,"entry_count": number | null,"running": boolean | null,"flags": (string)[] | null
                      }
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
