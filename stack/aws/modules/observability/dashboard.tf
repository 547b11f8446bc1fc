# One page: executions, API, queue, cold starts, errors, cache.

locals {
  api_dimensions = flatten([for name, value in var.api_dimensions : [name, value]])
  widgets = [
    {
      title   = "Executions a minute", stat = "Sum"
      metrics = [["AWS/Lambda", "Invocations", "FunctionName", var.functions.executor], ["AWS/Lambda", "Invocations", "FunctionName", var.functions.dispatcher]]
    },
    {
      title   = "Execution time, ms", stat = "p95"
      metrics = [["AWS/Lambda", "Duration", "FunctionName", var.functions.executor], ["AWS/Lambda", "Duration", "FunctionName", var.functions.executor, { stat = "p50" }]]
    },
    {
      title   = "Executions at once", stat = "Maximum"
      metrics = [["AWS/Lambda", "ConcurrentExecutions", "FunctionName", var.functions.executor]]
    },
    {
      title   = "API requests a minute", stat = "Sum"
      metrics = [concat(["AWS/ApiGateway", "Count"], local.api_dimensions)]
    },
    {
      title   = "API latency, ms", stat = "p99"
      metrics = [concat(["AWS/ApiGateway", "Latency"], local.api_dimensions), concat(["AWS/ApiGateway", "IntegrationLatency"], local.api_dimensions)]
    },
    {
      title = "Errors a minute", stat = "Sum"
      metrics = concat(
        [for name in values(var.functions) : ["AWS/Lambda", "Errors", "FunctionName", name]],
        [for name in values(var.functions) : ["AWS/Lambda", "Throttles", "FunctionName", name]],
        [for metric in(var.gateway == "rest" ? ["4XXError", "5XXError"] : ["4xx", "5xx"]) : concat(["AWS/ApiGateway", metric], local.api_dimensions)],
      )
    },
    {
      title = "Queue depth", stat = "Maximum"
      metrics = [
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.queue_name],
        ["AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "QueueName", var.queue_name],
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.dead_letter_name],
      ]
    },
    {
      title   = "Age of the oldest job, s", stat = "Maximum"
      metrics = [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", var.queue_name]]
    },
    {
      title = "Status store", stat = "Maximum"
      metrics = concat(
        [for node in var.cache_nodes : ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", node]],
        [for node in var.cache_nodes : ["AWS/ElastiCache", "EngineCPUUtilization", "CacheClusterId", node]],
      )
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = concat(
      [for i, widget in local.widgets : {
        type       = "metric", x = 8 * (i % 3), y = 6 * floor(i / 3), width = 8, height = 6
        properties = { title = widget.title, region = var.region, view = "timeSeries", period = 60, stat = widget.stat, metrics = widget.metrics }
      }],
      [{
        type = "log", x = 0, y = 18, width = 24, height = 6
        properties = {
          title  = "Cold starts of executors, billed milliseconds, memory", region = var.region, view = "table"
          query  = "SOURCE '${var.executor_log_group}' | filter @type = \"REPORT\" | stats count(*) as executions, sum(ispresent(@initDuration)) as cold, pct(@initDuration, 95) as initP95, sum(@billedDuration) as billedMs, max(@maxMemoryUsed) / 1000000 as memoryMB by bin(5m)"
          period = 300
        }
      }],
    )
  })
}
