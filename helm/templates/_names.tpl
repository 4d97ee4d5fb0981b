{{/* Names leave room for the longest thing that follows: -equivalence-migrate-99999 in 63. */}}
{{- define "espalier.fullname" -}}
{{- $name := .Values.fullnameOverride }}
{{- if not $name }}
{{- $base := default .Chart.Name .Values.nameOverride }}
{{- $name = ternary .Release.Name (printf "%s-%s" .Release.Name $base) (contains $base .Release.Name) }}
{{- end }}
{{- if gt (len $name) 36 }}
{{- printf "%s-%s" ($name | trunc 29 | trimSuffix "-") (sha256sum $name | trunc 6) }}
{{- else }}
{{- $name }}
{{- end }}
{{- end }}

{{/* What never changes for a component: selectors are immutable. Takes root and name. */}}
{{- define "espalier.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "espalier.labels" -}}
{{ include "espalier.selector" . }}
app.kubernetes.io/part-of: espalier
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "espalier.serviceAccount" -}}
{{- if .Values.serviceAccount.name }}
{{- .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create }}
{{- include "espalier.fullname" . }}
{{- else -}}
default
{{- end }}
{{- end }}

{{- define "espalier.apiKeySecret" -}}
{{- default (printf "%s-api-key" (include "espalier.fullname" .)) .Values.apiKey.existingSecret }}
{{- end }}

{{- define "espalier.internalKeySecret" -}}
{{- default (printf "%s-internal-key" (include "espalier.fullname" .)) .Values.internalKey.existingSecret }}
{{- end }}
