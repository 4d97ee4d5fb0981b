{{/* The address of another service; empty where it is not installed. Takes root and other. */}}
{{- define "espalier.url" -}}
{{- $other := include "espalier.component" (dict "root" .root "name" .other) | fromJson }}
{{- if $other.values.enabled }}
{{- printf "http://%s:%d" $other.fullname (int $other.values.port) }}
{{- end }}
{{- end }}

{{/* The variables of a service. */}}
{{- define "espalier.env" -}}
- name: QUARKUS_HTTP_HOST
  value: 0.0.0.0
- name: QUARKUS_HTTP_PORT
  value: {{ .values.port | quote }}
- name: ESPALIER_MANAGEMENT_PORT
  value: {{ .values.managementPort | quote }}
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ printf "%ds" (int .values.stop.drainSeconds) }}
{{- if .values.database.enabled }}
{{ include "espalier.databaseEnv" . }}
- name: QUARKUS_FLYWAY_MIGRATE_AT_START
  value: "false"
{{- end }}
{{- if eq .name "gateway" }}
{{ include "espalier.gatewayEnv" . }}
{{- end }}
{{- if eq .name "reasoning" }}
{{- with include "espalier.url" (dict "root" .root "other" "equivalence") }}
- name: ESPALIER_SEARCH_DETECTOR_URL
  value: {{ . }}
{{- end }}
{{- end }}
{{- range $property, $secret := .values.secretConfig }}
- name: {{ regexReplaceAll "[^A-Z0-9]" (upper $property) "_" }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.existingSecret }}
      key: {{ $secret.key | quote }}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* A service behind the gateway that is away makes its own answers fail, not the gateway unready. */}}
{{- define "espalier.gatewayEnv" -}}
{{- range $other := get (include "espalier.callees" . | fromJson) "gateway" }}
{{- with include "espalier.url" (dict "root" $.root "other" $other) }}
- name: ESPALIER_GATEWAY_SERVICES_{{ upper $other }}_URL
  value: {{ . }}
{{- end }}
{{- end }}
- name: ESPALIER_GATEWAY_KEYS_{{ upper .root.Values.apiKey.name }}_TENANT
  value: {{ .root.Values.apiKey.tenant | quote }}
- name: ESPALIER_GATEWAY_KEYS_{{ upper .root.Values.apiKey.name }}_SHA256
  valueFrom:
    secretKeyRef:
      name: {{ include "espalier.apiKeySecret" .root }}
      key: {{ .root.Values.apiKey.sha256Key | quote }}
- name: IO_SMALLRYE_HEALTH_CHECK_DEV_ESPALIER_GATEWAY_OPS_SERVICESREADY_ENABLED
  value: "false"
{{- end }}
