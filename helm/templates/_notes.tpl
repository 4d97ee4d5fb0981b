{{/* A template of its own, so that it can be tested. */}}
{{- define "espalier.notes" -}}
{{- $fullname := include "espalier.fullname" . }}
{{- $gateway := include "espalier.component" (dict "root" . "name" "gateway") | fromJson }}
Espalier {{ .Chart.AppVersion }} as {{ .Release.Name }} in {{ .Release.Namespace }}.

The gateway:
{{- if .Values.ingress.enabled }}
  {{ ternary "https" "http" (not (empty .Values.ingress.tls.existingSecret)) }}://{{ .Values.ingress.host }}
{{- else if and .Values.httpRoute.enabled .Values.httpRoute.hostnames }}
  https://{{ first .Values.httpRoute.hostnames }}
{{- else }}
  in the cluster   http://{{ $gateway.fullname }}.{{ .Release.Namespace }}:{{ $gateway.values.port }}
  from here        kubectl -n {{ .Release.Namespace }} port-forward service/{{ $gateway.fullname }} 8080:{{ $gateway.values.port }}
{{- end }}

The API key "{{ .Values.apiKey.name }}" of the tenant "{{ .Values.apiKey.tenant }}":
  kubectl -n {{ .Release.Namespace }} get secret {{ include "espalier.apiKeySecret" . }} -o jsonpath='{.data.{{ .Values.apiKey.key | replace "." "\\." }}}' | base64 -d

Test that it works:
  helm test {{ .Release.Name }} -n {{ .Release.Namespace }} --logs
{{- $warnings := list }}
{{- if eq .Values.database.mode "trial" }}
{{- $warnings = append $warnings "The database is a trial: one pod, no backups, no stand-by. What is stored goes with its volume. Use external or cnpg for anything you want to keep." }}
{{- end }}
{{- if not .Values.networkPolicy.enabled }}
{{- $warnings = append $warnings "There are no network policies. Every pod of the cluster can call the services behind the gateway, which believe the tenant they are told." }}
{{- end }}
{{- range $name := keys .Values.services | sortAlpha }}
{{- $values := (include "espalier.component" (dict "root" $ "name" $name) | fromJson).values }}
{{- if $values.enabled }}
{{- if not (dig "limits" "memory" "" $values.resources) }}
{{- $warnings = append $warnings (printf "%s has no memory limit: its heap is a share of the whole node." $name) }}
{{- end }}
{{- if and (not $values.autoscaling.enabled) (lt (int $values.replicas) 2) }}
{{- $warnings = append $warnings (printf "%s has one pod: it is away while its node is drained." $name) }}
{{- end }}
{{- if and $.Values.networkPolicy.enabled (regexMatch "(upstreams|endpoint|judge|chat)[^\n]*url" (toJson $values.config)) (not $values.networkPolicy.egress) }}
{{- $warnings = append $warnings (printf "%s is to call a model, and services.%s.networkPolicy.egress lets it through to nobody." $name $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- if not .Values.migrations.enabled }}
{{- $warnings = append $warnings "Nobody migrates the schemas: pods stay unready until you have (docs/operations.md)." }}
{{- end }}
{{- range (.Files.Get "deprecations.yaml" | fromYaml).deprecations }}
{{- $found := $.Values }}
{{- range splitList "." .value }}
{{- $found = ternary (get $found .) "" (kindIs "map" $found) }}
{{- end }}
{{- if $found }}
{{- $warnings = append $warnings (printf "%s is deprecated since %s and goes with %s: %s." .value .since .goes .instead) }}
{{- end }}
{{- end }}
{{- range $warnings }}

WARNING: {{ . }}
{{- end }}
{{- end }}
