{{- define "espalier.dnsEgress" -}}
- to:
    {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
{{- end }}

{{- define "espalier.databaseEgress" -}}
- ports:
    - port: {{ include "espalier.databasePort" . }}
      protocol: TCP
  {{- if eq .Values.database.mode "cnpg" }}
  to:
    - podSelector:
        matchLabels:
          cnpg.io/cluster: {{ include "espalier.fullname" . }}-db
  {{- else if eq .Values.database.mode "trial" }}
  to:
    - podSelector:
        matchLabels:
          {{- include "espalier.selector" (dict "root" . "name" "db") | nindent 10 }}
  {{- else if .Values.database.external.networkPeers }}
  to:
    {{- toYaml .Values.database.external.networkPeers | nindent 4 }}
  {{- end }}
{{- end }}

{{/* A peer that is one of our components. Takes root and name. */}}
{{- define "espalier.peer" -}}
podSelector:
  matchLabels:
    {{- include "espalier.selector" . | nindent 4 }}
{{- end }}

{{/* What may reach a service and what it may reach; everything else is dropped. */}}
{{- define "espalier.networkPolicy" -}}
{{- $root := .root }}
{{- $callers := include "espalier.callers" . | fromJsonArray }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .fullname }}
  labels:
    {{- include "espalier.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "espalier.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - ports:
        - port: http
          protocol: TCP
      {{- if eq .name "gateway" }}
      {{- with concat .root.Values.networkPolicy.gatewayFrom .values.networkPolicy.from }}
      from:
        {{- toYaml . | nindent 8 }}
        {{- range append $callers "test" }}
        - {{- include "espalier.peer" (dict "root" $root "name" .) | nindent 10 }}
        {{- end }}
      {{- end }}
      {{- else }}
      from:
        {{- range $callers }}
        - {{- include "espalier.peer" (dict "root" $root "name" .) | nindent 10 }}
        {{- end }}
        {{- with .values.networkPolicy.from }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
    {{- with .root.Values.networkPolicy.metricsFrom }}
    - ports:
        - port: management
          protocol: TCP
      from:
        {{- toYaml . | nindent 8 }}
    {{- end }}
  egress:
    {{- include "espalier.dnsEgress" .root | nindent 4 }}
    {{- if .values.database.enabled }}
    {{- include "espalier.databaseEgress" .root | nindent 4 }}
    {{- end }}
    {{- range include "espalier.callees" . | fromJsonArray }}
    {{- $callee := include "espalier.component" (dict "root" $root "name" .) | fromJson }}
    {{- if $callee.values.enabled }}
    - to:
        - {{- include "espalier.peer" (dict "root" $root "name" .) | nindent 10 }}
      ports:
        - port: {{ int $callee.values.port }}
          protocol: TCP
    {{- end }}
    {{- end }}
    {{- with .values.networkPolicy.egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
