{{/*
One service: the defaults with its own values over them. Gives a dict of root, name, fullname and
values, which all templates of a component take. Through JSON, because a template gives text.
*/}}
{{- define "espalier.component" -}}
{{- $values := mustMergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values.services .name)) }}
{{- $fullname := printf "%s-%s" (include "espalier.fullname" .root) .name }}
{{- dict "name" .name "fullname" $fullname "values" $values | toJson }}
{{- end }}

{{- define "espalier.image" -}}
{{- $image := .values.image }}
{{- $repository := printf "%s/%s" (trimSuffix "/" .root.Values.image.registry) $image.name }}
{{- if $image.digest }}
{{- printf "%s@%s" $repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $repository ($image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion) }}
{{- end }}
{{- end }}

{{/* Whom a service is called by, beside the operator's own peers. */}}
{{- define "espalier.callers" -}}
{{- dict "gateway" (list) "memory" (list "gateway") "equivalence" (list "gateway" "reasoning") "reasoning" (list "gateway") "kg" (list "gateway") | toJson }}
{{- end }}

{{/* Whom it calls, among our own. */}}
{{- define "espalier.callees" -}}
{{- dict "gateway" (list "memory" "equivalence" "reasoning" "kg") "memory" (list) "equivalence" (list) "reasoning" (list "equivalence") "kg" (list) | toJson }}
{{- end }}

{{- define "espalier.isScaled" -}}
{{- if or .values.autoscaling.enabled (gt (int .values.replicas) 1) }}yes{{ end }}
{{- end }}
