{{/* The address of another service; empty where it is not installed. Takes root and other. */}}
{{- define "espalier.url" -}}
{{- $other := include "espalier.component" (dict "root" .root "name" .other) | fromJson }}
{{- if $other.values.enabled }}
{{- printf "http://%s:%d" $other.fullname (int $other.values.port) }}
{{- end }}
{{- end }}

{{/* The variable that stands for a property. */}}
{{- define "espalier.variable" -}}
{{- regexReplaceAll "[^A-Z0-9]" (upper .) "_" }}
{{- end }}

{{/* The variables of a service. */}}
{{- define "espalier.env" -}}
{{ include "espalier.ownEnv" . }}
{{- range $property, $secret := .values.secretConfig }}
- name: {{ include "espalier.variable" $property }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.existingSecret }}
      key: {{ $secret.key | quote }}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Those that the chart sets from other values. */}}
{{- define "espalier.ownEnv" -}}
- name: QUARKUS_HTTP_HOST
  value: 0.0.0.0
- name: QUARKUS_HTTP_PORT
  value: {{ .values.port | quote }}
- name: ESPALIER_MANAGEMENT_PORT
  value: {{ .values.managementPort | quote }}
- name: QUARKUS_SHUTDOWN_DELAY
  value: {{ printf "%ds" (int .values.stop.farewellSeconds) }}
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
{{- if .values.usesGatewayModels }}
- name: ESPALIER_INTERNAL_URL
  value: {{ include "espalier.url" (dict "root" .root "other" "gateway") }}
- name: ESPALIER_INTERNAL_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "espalier.internalKeySecret" .root }}
      key: {{ .root.Values.internalKey.key | quote }}
{{- end }}
{{- end }}

{{/* The names by which clients may address the gateway. */}}
{{- define "espalier.gatewayNames" -}}
{{- $names := list "localhost" "127.0.0.1" "[::1]" }}
{{- range list "" (printf ".%s" .root.Release.Namespace) (printf ".%s.svc" .root.Release.Namespace) (printf ".%s.svc.cluster.local" .root.Release.Namespace) }}
{{- $names = append $names (printf "%s%s" $.fullname .) }}
{{- end }}
{{- if .root.Values.ingress.enabled }}
{{- $names = append $names .root.Values.ingress.host }}
{{- end }}
{{- if .root.Values.httpRoute.enabled }}
{{- $names = concat $names .root.Values.httpRoute.hostnames }}
{{- end }}
{{- join "," $names | quote }}
{{- end }}

{{/* A service behind the gateway that is away makes its own answers fail, not the gateway unready. */}}
{{- define "espalier.gatewayEnv" -}}
{{- range $other := include "espalier.callees" . | fromJsonArray }}
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
- name: ESPALIER_GATEWAY_KEYS_INTERNAL_TENANT
  value: internal
- name: ESPALIER_GATEWAY_KEYS_INTERNAL_SCOPES
  value: internal
- name: ESPALIER_GATEWAY_KEYS_INTERNAL_SHA256
  valueFrom:
    secretKeyRef:
      name: {{ include "espalier.internalKeySecret" .root }}
      key: {{ .root.Values.internalKey.sha256Key | quote }}
- name: ESPALIER_GATEWAY_DATABASE_MIGRATE
  value: "false"
{{- if not (hasKey .values.config "espalier.gateway.mcp.allowed-hosts") }}
- name: ESPALIER_GATEWAY_MCP_ALLOWED_HOSTS
  value: {{ include "espalier.gatewayNames" . }}
{{- end }}
- name: IO_SMALLRYE_HEALTH_CHECK_DEV_ESPALIER_GATEWAY_OPS_SERVICESREADY_ENABLED
  value: "false"
{{- end }}
