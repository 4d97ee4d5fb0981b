{{- define "espalier.databaseHost" -}}
{{- $mode := .Values.database.mode }}
{{- if eq $mode "external" }}
{{- .Values.database.external.host }}
{{- else if eq $mode "cnpg" }}
{{- printf "%s-db-rw" (include "espalier.fullname" .) }}
{{- else }}
{{- printf "%s-db" (include "espalier.fullname" .) }}
{{- end }}
{{- end }}

{{- define "espalier.databasePort" -}}
{{- ternary .Values.database.external.port 5432 (eq .Values.database.mode "external") | int }}
{{- end }}

{{/* The secret of the authority that signed the server's certificate: name and key, or nothing. */}}
{{- define "espalier.databaseCa" -}}
{{- if eq .Values.database.mode "cnpg" }}
name: {{ include "espalier.fullname" . }}-db-ca
key: ca.crt
{{- else if and (eq .Values.database.mode "external") .Values.database.external.caCertificate.existingSecret }}
name: {{ .Values.database.external.caCertificate.existingSecret }}
key: {{ .Values.database.external.caCertificate.key | quote }}
{{- end }}
{{- end }}

{{/* From parts that need no escaping in a URL; user and password never are in it. */}}
{{- define "espalier.jdbcUrl" -}}
{{- $database := .root.Values.database }}
{{- $ssl := get (dict "external" $database.external.sslMode "cnpg" "verify-full" "trial" "disable") $database.mode }}
{{- $host := include "espalier.databaseHost" .root }}
{{- if contains ":" $host }}{{ $host = printf "[%s]" $host }}{{ end }}
{{- printf "jdbc:postgresql://%s:%s/%s?sslmode=%s" $host (include "espalier.databasePort" .root) $database.name $ssl }}
{{- if include "espalier.databaseCa" .root -}}
&sslrootcert=/etc/espalier/database-ca/ca.crt
{{- else if has $ssl (list "verify-ca" "verify-full") -}}
&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory
{{- end -}}
&currentSchema={{ .values.database.schema }},public&ApplicationName=espalier-{{ .name }}
{{- end }}

{{- define "espalier.databaseEnv" -}}
{{- $credentials := .values.database.credentials }}
{{- if ne .root.Values.database.mode "external" }}
{{- $credentials = dict "existingSecret" (printf "%s-db" .fullname) "usernameKey" "username" "passwordKey" "password" }}
{{- else if not $credentials.existingSecret }}
{{- $credentials = .root.Values.database.external.credentials }}
{{- end }}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: {{ include "espalier.jdbcUrl" . | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ $credentials.existingSecret }}
      key: {{ $credentials.usernameKey | quote }}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $credentials.existingSecret }}
      key: {{ $credentials.passwordKey | quote }}
- name: QUARKUS_FLYWAY_SCHEMAS
  value: {{ .values.database.schema }}
{{- end }}

{{- define "espalier.databaseMount" -}}
{{- if include "espalier.databaseCa" .root }}
- name: database-ca
  mountPath: /etc/espalier/database-ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "espalier.databaseVolume" -}}
{{- with include "espalier.databaseCa" .root | fromYaml }}
{{- if .name }}
- name: database-ca
  secret:
    secretName: {{ .name }}
    items:
      - key: {{ .key | quote }}
        path: ca.crt
{{- end }}
{{- end }}
{{- end }}

{{/* The image run for its schema alone. Takes a component and command: migrate, await or check. */}}
{{- define "espalier.schemaContainer" -}}
name: {{ .command }}-schema
image: {{ include "espalier.image" . }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
workingDir: /app
command: [java]
args:
  - -XX:MaxRAMPercentage=50
  - -XX:TieredStopAtLevel=1
  - -cp
  - app/*:lib/main/*:lib/boot/*
  - dev.espalier.persistence.schema.SchemaCommand
  - {{ .command }}
env:
  {{- include "espalier.databaseEnv" . | nindent 2 }}
  {{- with index .values.config "espalier.memory.vectors.mode" }}
  - name: ESPALIER_MEMORY_VECTORS_MODE
    value: {{ . | quote }}
  {{- end }}
resources:
  {{- toYaml .root.Values.migrations.resources | nindent 2 }}
securityContext:
  {{- toYaml .root.Values.containerSecurityContext | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- include "espalier.databaseMount" . | nindent 2 }}
{{- end }}
