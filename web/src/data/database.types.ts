
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "alerts": {
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
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"device_events": {
                  Row: {
                    "dedupe_key": string,"device_id": string,"device_time": string | null,"direction": string | null,"event_type": string,"id": number,"occurred_at": string,"organization_id": string,"payload": NonNullable<Json>,"received_at": string,"tag_id": string,"tag_uid": string,"time_quality": string
                  }
                  ComputedFields: never
                  Insert: {
                    "dedupe_key": string,"device_id": string,"device_time"?: string | null,"direction"?: string | null,"event_type": string,"id"?: never,"occurred_at": string,"organization_id": string,"payload": NonNullable<Json>,"received_at": string,"tag_id": string,"tag_uid": string,"time_quality": string
                  }
                  Update: {
                    "dedupe_key"?: string,"device_id"?: string,"device_time"?: string | null,"direction"?: string | null,"event_type"?: string,"id"?: never,"occurred_at"?: string,"organization_id"?: string,"payload"?: NonNullable<Json>,"received_at"?: string,"tag_id"?: string,"tag_uid"?: string,"time_quality"?: string
                  }
                  Relationships: [
                    {
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
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"device_status": {
                  Row: {
                    "device_id": string,"has_clock_alert": boolean,"last_event_key": string | null,"last_event_received_at": string | null,"last_event_signature": string | null,"last_seen_at": string | null,"organization_id": string,"requests_in_window": number,"window_started_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "device_id": string,"has_clock_alert"?: boolean,"last_event_key"?: string | null,"last_event_received_at"?: string | null,"last_event_signature"?: string | null,"last_seen_at"?: string | null,"organization_id": string,"requests_in_window"?: number,"window_started_at"?: string
                  }
                  Update: {
                    "device_id"?: string,"has_clock_alert"?: boolean,"last_event_key"?: string | null,"last_event_received_at"?: string | null,"last_event_signature"?: string | null,"last_seen_at"?: string | null,"organization_id"?: string,"requests_in_window"?: number,"window_started_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "device_status_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                },"devices": {
                  Row: {
                    "created_at": string,"external_id": string,"id": string,"is_active": boolean,"kind": string,"mode": string | null,"name": string,"organization_id": string,"person_id": string | null,"place_id": string | null,"requests_per_minute": number,"time_zone": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"external_id": string,"id"?: string,"is_active"?: boolean,"kind"?: string,"mode"?: string | null,"name": string,"organization_id": string,"person_id"?: string | null,"place_id"?: string | null,"requests_per_minute"?: number,"time_zone"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"external_id"?: string,"id"?: string,"is_active"?: boolean,"kind"?: string,"mode"?: string | null,"name"?: string,"organization_id"?: string,"person_id"?: string | null,"place_id"?: string | null,"requests_per_minute"?: number,"time_zone"?: string | null
                  }
                  Relationships: [
                    {
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
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"organizations": {
                  Row: {
                    "created_at": string,"id": string,"name": string,"time_zone": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"name": string,"time_zone"?: string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"name"?: string,"time_zone"?: string
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
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
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
                    "archived_at": string | null,"created_at": string,"email": string | null,"id": string,"name": string,"organization_id": string,"phone": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"email"?: string | null,"id"?: string,"name": string,"organization_id": string,"phone"?: string | null,"user_id"?: string | null
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"email"?: string | null,"id"?: string,"name"?: string,"organization_id"?: string,"phone"?: string | null,"user_id"?: string | null
                  }
                  Relationships: [
                    {
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
                    "archived_at": string | null,"created_at": string,"first_seen_at": string | null,"first_seen_device_id": string | null,"id": string,"label": string | null,"organization_id": string,"person_id": string | null,"project_id": string | null,"tag_type": string | null,"uid": string
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"first_seen_at"?: string | null,"first_seen_device_id"?: string | null,"id"?: string,"label"?: string | null,"organization_id": string,"person_id"?: string | null,"project_id"?: string | null,"tag_type"?: string | null,"uid": string
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"first_seen_at"?: string | null,"first_seen_device_id"?: string | null,"id"?: string,"label"?: string | null,"organization_id"?: string,"person_id"?: string | null,"project_id"?: string | null,"tag_type"?: string | null,"uid"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tags_first_seen_device_id_organization_id_fkey"
      columns: ["first_seen_device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
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
                    "claim_ended_at": string | null,"claim_id": string | null,"claim_started_at": string | null,"corrected_fields": (string)[],"created_at": string,"deleted_at": string | null,"device_id": string | null,"ended_at": string | null,"flags": (string)[],"id": string,"limit_at": string,"note": string | null,"organization_id": string,"paired_started_at": string | null,"person_id": string | null,"project_id": string | null,"source": string,"started_at": string,"stream_id": string | null,"tag_id": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "claim_ended_at"?: string | null,"claim_id"?: string | null,"claim_started_at"?: string | null,"corrected_fields"?: (string)[],"created_at"?: string,"deleted_at"?: string | null,"device_id"?: string | null,"ended_at"?: string | null,"flags"?: (string)[],"id"?: string,"limit_at": string,"note"?: string | null,"organization_id": string,"paired_started_at"?: string | null,"person_id"?: string | null,"project_id"?: string | null,"source": string,"started_at": string,"stream_id"?: string | null,"tag_id"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "claim_ended_at"?: string | null,"claim_id"?: string | null,"claim_started_at"?: string | null,"corrected_fields"?: (string)[],"created_at"?: string,"deleted_at"?: string | null,"device_id"?: string | null,"ended_at"?: string | null,"flags"?: (string)[],"id"?: string,"limit_at"?: string,"note"?: string | null,"organization_id"?: string,"paired_started_at"?: string | null,"person_id"?: string | null,"project_id"?: string | null,"source"?: string,"started_at"?: string,"stream_id"?: string | null,"tag_id"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "time_entries_device_id_organization_id_fkey"
      columns: ["device_id","organization_id"]
isOneToOne: false
      referencedRelation: "devices"
      referencedColumns: ["id","organization_id"]
    },{
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
    },{
      foreignKeyName: "time_entries_tag_id_organization_id_fkey"
      columns: ["tag_id","organization_id"]
isOneToOne: false
      referencedRelation: "tags"
      referencedColumns: ["id","organization_id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
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
"create_device_key":
{ Args: { "device_id": string,"expires_at"?: string,"kind"?: string,"name"?: string }; Returns: Json
                           },
"create_organization":
{ Args: { "name": string,"time_zone"?: string }; Returns: {
              "created_at": string,
"id": string,
"name": string,
"time_zone": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"ping":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"record_device_events":
{ Args: { "device_key": string,"events": Json,"key_kind": string }; Returns: Json
                           },
"revoke_device_key":
{ Args: { "key_id": string }; Returns: undefined
                           },
"rotate_device_key":
{ Args: { "key_id": string,"overlap_minutes"?: number }; Returns: Json
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
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
